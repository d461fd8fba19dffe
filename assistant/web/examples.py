"""Three messages one click away, so that an empty page teaches what it is for."""

from assistant.settings import ROOT

LETTER = ROOT / "docs" / "examples" / "request.txt"
QUESTIONS = (
    ("问法律", "第三方一直不回复怎么办，要等多久？"),
    ("问年报数字", "2023年暨阳街道收到多少件申请，予以公开多少件？"),
)


def examples() -> tuple[tuple[str, str], ...]:
    """Label and words of each example: a letter, a question of law, a question of figures."""
    return (("一封申请书", LETTER.read_text(encoding="utf-8").strip()), *QUESTIONS)
