"""What each setting does, in the words of the office: group by group, by its dotted name in assistant.toml."""

GROUPS: dict[str, dict[str, tuple[str, str]]] = {
    "本机关": {
        "agency.name": ("机关名称", "落款和文书里写的全称；年报的机关名称。"),
        "agency.short_name": ("简称", "行文里用的简称。"),
        "agency.kind": ("机关类别", "决定救济途径和年报的栏目，如 street（街道）、township（乡镇）。"),
        "agency.review_authority": ("复议机关", "答复书里告知的行政复议机关；不推算，须由本机关写明。"),
        "agency.court": ("管辖法院", "答复书里告知的人民法院；不推算，须由本机关写明。"),
        "agency.address": ("地址", "当面提交、查阅的地点。"),
        "agency.contact": ("联系部门", "答复书里的联系人或者部门。"),
        "agency.phone": ("联系电话", "答复书里的电话。"),
        "agency.document_series": ("文号", "定稿时按它编号，{year} 和 {number} 由登记簿填。"),
        "agency.online_review": ("网上复议", "告知申请人可以网上申请复议的地址。"),
    },
    "期限": {
        "deadlines.correction_workdays": ("补正期限", "补正告知书给申请人的工作日；条例第三十条只说“合理”。"),
        "deadlines.township_report_by": ("乡镇年报日期", "当地通知规定的乡镇年度报告公布日期（月-日）。"),
        "deadlines.reasons_asked_restarts": ("说明理由重新起算", "当地规定把要求说明理由当作补正的才开。"),
        "calendar_file": ("放假安排", "新一年的放假通知还没有随程序更新时，自己写的文件。"),
        "overlay_file": ("本地假日", "只在本地放假的日子。"),
    },
    "登记簿": {
        "register.case_series": ("案件编号", "收到的申请按它编号。"),
        "register.four_eyes": ("起草和审查分开", "起草人不能审查、批准自己的文稿；只有一人的机关才关。"),
        "register.retention_years": ("保存年限", "归档满多少年可以清除姓名和文字；不设就一直保存。"),
        "auth": ("用户名单", "谁可以登录网页；默认是数据目录里的一个文件，由 assistant user 管理。"),
        "database_url": ("数据库", "登记簿放在哪里；默认是数据目录里的一个文件。"),
        "data_dir": ("数据目录", "登记簿、附件、索引和用户名单放在这里。"),
    },
    "文书样式": {
        "letters.head": ("版头", "none（不印）、letter（信函式红头）、document（文件式红头）。"),
        "letters.imprint": ("印发机关", "文件式的版记里印的机关。"),
        "letters.template": ("版式文件", "本机关自己的 .docx，沿用其样式和页眉。"),
    },
    "语料和检索": {
        "corpus_dir": ("语料", "法律条文、规则、文书模板所在的文件夹。"),
        "prompts_dir": ("提示词", "给对话模型的提示词所在的文件夹。"),
        "reports_dir": ("年度报告", "本机关留存的年度报告；默认在数据目录里。"),
        "replies_dir": ("已办答复", "本机关以前的答复；默认在数据目录里。"),
        "embedding_model": ("向量模型", "换用的向量模型；默认用随程序的。"),
        "reranker_model": ("重排模型", "检索之后再排一次的模型；默认不用。"),
        "chroma_url": ("Chroma 服务器", "向量放在服务器上；默认放在本机。"),
    },
    "对话模型": {
        "chat_model": ("对话模型", "不设就全用内置方式，什么都不离开本机。"),
        "chat_base_url": (
            "模型地址",
            "兼容 OpenAI 接口的服务器；密钥写在环境变量 OPENAI_API_KEY，这里不显示。",
        ),
        "structured_output": ("结构化输出", "向模型要固定格式答案的方法。"),
        "chat_calls.timeout_seconds": ("一次最多等", "秒。"),
        "chat_calls.retries": ("再试几次", "服务器忙或者中断时。"),
        "chat_calls.concurrency": ("同时几次", "同时向模型提出的请求。"),
        "chat_calls.keep_answers": ("保留回答", "评测用：同样的问题不再问。"),
    },
}
