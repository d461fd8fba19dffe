"""What the benchmark found, as tables for people; made from the record alone, so that a part can be made again."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from evals.growth_pictures import PIPELINES, growth_picture
from evals.page_figures import GROWTH_WITHIN_PERCENT, HEARD_WITHIN_MS, SEEN, START_WITHIN_SECONDS
from evals.page_words import MIX
from evals.tables import Rows
from evals.task import Picture

Row = Mapping[str, Any]
PARTS = {"cold": "冷启动", "growth": "规模", "register": "登记簿", "rates": "速率", "page": "网页"}
# List and board answer a clerk at once, and the year is counted while one waits.
PROMPT_MS, COUNTED_SECONDS = 100.0, 2.0
STARTS = {"first": "空的数据目录，索引现建", "again": "索引已有"}


def tables(record: Row) -> dict[str, Rows]:
    """A table, or several, for each part the record holds; then when and on what each was measured."""
    found: dict[str, Rows] = {}
    for part in PARTS:
        if part in record:
            found |= _TABLES[part](record[part])
    return found | {"测量的日期和机器": measured_rows(record["parts"])}


def pictures(record: Row) -> dict[str, list[Picture]]:
    """The picture under the table of growth."""
    return {PARTS["growth"]: [growth_picture(record["growth"])]} if record.get("growth") else {}


def measured_rows(parts: Mapping[str, Row]) -> Rows:
    """A part measured on another day or machine than the rest is seen as such."""
    heading = ["部分", "日期", "处理器核", "架构", "Python"]
    return [heading] + [
        [
            PARTS[part],
            told["date"],
            *(str(told["machine"][key]) for key in ("cores", "architecture", "python")),
        ]
        for part, told in parts.items()
    ]


def prompt(register: Row) -> bool:
    """Whether list and board answer a clerk at once, and the year is counted while one waits."""
    waits = (register["list"]["p95_ms"], register["board"]["p95_ms"])
    return bool(max(waits) < PROMPT_MS and register["yearbook_seconds"] < COUNTED_SECONDS)


def register_rows(registers: Sequence[Row]) -> Rows:
    """Milliseconds of a clerk's questions to a large register, a row a database."""
    asked = {"list": "案件列表", "board": "期限看板", "show": "打开一件", "add": "登记一件"}
    heading = ["数据库", "件数", *(f"{label} p50／p95 毫秒" for label in asked.values()), "年报 秒", "达标"]
    return [heading] + [
        [
            row["database"],
            str(row["cases"]),
            *(f"{row[key]['p50_ms']:.0f}／{row[key]['p95_ms']:.0f}" for key in asked),
            f"{row['yearbook_seconds']:.2f}",
            yes(prompt(row)),
        ]
        for row in registers
    ]


def cold_rows(compared: Sequence[Row]) -> Rows:
    """Cold commands: time, memory and modules, beside the textbook's where it does the same."""
    pair = ("本程序 秒", "教科书 秒", "快几倍", "本程序 MB", "教科书 MB", "省几倍")
    return [["命令", "次数", *pair, "导入模块", "达标"], *map(_cold_row, compared)]


def _cold_row(found: Row) -> list[str]:
    ours, book = found["ours"], found["textbook"]
    return [
        found["step"],
        str(found["repeats"]),
        f"{ours['seconds']:.3f}",
        f"{book['seconds']:.3f}" if book else "–",
        f"{found['faster']:.1f}" if found["faster"] else "–",
        f"{ours['peak_mb']:.0f}",
        f"{book['peak_mb']:.0f}" if book else "–",
        f"{found['leaner']:.1f}" if found["leaner"] else "–",
        f"{found['ours_modules']} / {found['textbook_modules']}" if book else str(found["ours_modules"]),
        yes(found["holds"]),
    ]


def growth_rows(grown: Sequence[Row]) -> Rows:
    """Build and warm query by pipeline and size, and how often the product's query is as long as exact search."""
    heading = [
        "流水线",
        "段落数",
        "建索引 秒（含导入）",
        "热查询 p50 毫秒",
        "p95 毫秒",
        "峰值 MB",
        "p50 是本程序的",
    ]
    ours = {row["passages"]: row["query_ms_p50"] for row in grown if row["pipeline"] == "ours"}
    return [heading] + [
        [
            PIPELINES[row["pipeline"]],
            str(row["passages"]),
            f"{row['build_seconds']:.2f}",
            f"{row['query_ms_p50']:.2f}",
            f"{row['query_ms_p95']:.2f}",
            f"{row['peak_mb']:.0f}",
            f"{row['query_ms_p50'] / ours[row['passages']]:.2f}" if row["passages"] in ours else "–",
        ]
        for row in grown
    ]


def rate_rows(speeds: Sequence[Row]) -> Rows:
    """One row a measure: requests or reports a second, a letter's time, or the share of the store's own speed."""
    words = {
        "judged_a_second": "研判 件/秒",
        "letter_ms_p50": "p50 毫秒",
        "letter_ms_p95": "p95 毫秒",
        "parsed_a_second": "读表 份/秒",
        "parsed_and_audited_a_second": "读表并核对 份/秒",
        "ratio": "达到 Chroma add 速度的",
    }
    rows = [
        [str(speed["what"]), str(speed["n"]), _limited(label, key, speed), f"{speed[key]:.2f}"]
        for speed in speeds
        for key, label in words.items()
        if key in speed
    ]
    return [["项目", "数量", "指标", "数值"], *rows]


def _limited(label: str, key: str, speed: Row) -> str:
    """A measure that has a limit says it, and whether it is kept: of times, the 95th percentile has it."""
    if key == "judged_a_second" and "at_least" in speed:
        limit = f"要求不低于 {speed['at_least']:.0f}"
    elif key.endswith("p95") and "within_ms" in speed:
        limit = f"要求低于 {speed['within_ms']:.0f}"
    else:
        return label
    return f"{label}（{limit}，{'达标' if speed['holds'] else '未达标'}）"


def page_tables(page: Row) -> dict[str, Rows]:
    """How soon the page is usable, what clerks wait for in it, and whether it grows."""
    title = PARTS["page"]
    return {
        f"{title}：打开": start_rows(page["starts"]),
        f"{title}：几个人同时说": crowd_rows(page["crowds"], page["kinds"]),
        f"{title}：内存": memory_rows(page["memory"]),
    }


def start_rows(starts: Sequence[Row]) -> Rows:
    """From the command to the first page whole and its first event done, and to the answer to a letter sent at once."""
    heading = ["启动", f"首页可用 秒（要求 {START_WITHIN_SECONDS:g} 以内）", "达标", "第一封申请书答完 秒"]
    return [heading] + [
        [
            STARTS[row["start"]],
            f"{row['seconds']:.1f}",
            yes(row["holds"]),
            f"{row['answered_seconds']:.1f}" if "answered_seconds" in row else "–",
        ]
        for row in starts
    ]


def crowd_rows(crowds: Sequence[Row], kinds: Sequence[Row]) -> Rows:
    """A row for each number of clerks, then one for each kind of message with the most clerks."""
    names = {"heard": "首句", "content": "答复首行", "last": "全部"}
    heading = ["同时几人", "说什么", "n", *(f"{names[key]} p50／p95 毫秒" for key in SEEN)]
    heading.append(f"首句 p95 达标（{HEARD_WITHIN_MS:.0f} 毫秒以内）")
    told = [(row, "各种") for row in crowds] + [(row, MIX[row["kind"]]) for row in kinds]
    return [heading] + [
        [
            str(row["clerks"]),
            what,
            str(row["n"]),
            *(f"{row[f'{key}_p50_ms']:.0f}／{row[f'{key}_p95_ms']:.0f}" for key in SEEN),
            yes(row.get("holds")),
        ]
        for row, what in told
    ]


def memory_rows(memory: Row) -> Rows:
    """Resident memory of the server before and after."""
    heading = ["轮数", "之前 MB", "之后 MB", f"增长（要求 {GROWTH_WITHIN_PERCENT:g}% 以内）", "达标"]
    shown = (f"{memory['before_mb']:.0f}", f"{memory['after_mb']:.0f}", f"{memory['growth']:.1f}%")
    return [heading, [str(memory["turns"]), *shown, yes(memory["holds"])]]


def yes(holds: bool | None) -> str:
    """Kept or not, as the tables say it; neither where nothing is wanted."""
    return "–" if holds is None else "是" if holds else "否"


_TABLES: dict[str, Callable[[Any], dict[str, Rows]]] = {
    "cold": lambda found: {PARTS["cold"]: cold_rows(found)},
    "growth": lambda found: {PARTS["growth"]: growth_rows(found)},
    "register": lambda found: {PARTS["register"]: register_rows(found)},
    "rates": lambda found: {PARTS["rates"]: rate_rows(found)},
    "page": page_tables,
}
