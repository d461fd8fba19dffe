// Small manners of the page: Chinese throughout, a name for each message that a screen reader can say.
Object.defineProperty(navigator, "language", { get: () => "zh-CN" });
Object.defineProperty(navigator, "languages", { get: () => ["zh-CN"] });
document.documentElement.lang = "zh-CN";
// What stands in the form of facts, with the case it belongs to. Folded fields are not there, and not changed.
window.collectFacts = () => {
  const head = document.querySelector("#facts [data-case]");
  const facts = {};
  for (const field of document.querySelectorAll("#facts .fact[id^='fact-']")) {
    const input = field.querySelector("textarea, input");
    if (input) facts[field.id.slice(5)] = input.value;
  }
  return JSON.stringify({ case: head ? head.dataset.case : "", facts });
};
(() => {
  const names = { bot: "助手", user: "经办人" };
  const labels = {
    "#box textarea": "写给助手的话",
    "#box .upload-button": "上传文件",
    "#chat [role='log']": "对话",
  };
  let seen = "";
  // A new answer is read from its beginning: the last question is brought to the top of the conversation.
  const follow = () => {
    const rows = document.querySelectorAll("#chat .message-row");
    const now = rows.length ? `${rows.length}:${rows[rows.length - 1].textContent.length}` : "";
    if (now === seen) return;
    seen = now;
    const asked = [...document.querySelectorAll("#chat .user-row")].pop();
    const pane = asked && asked.closest(".panel-wrap");
    if (!pane) return;
    const last = rows[rows.length - 1], first = asked.nextElementSibling;
    const box = pane.getBoundingClientRect();
    if (last === asked || last === first) pane.scrollTop += asked.getBoundingClientRect().top - box.top - 12;
    else pane.scrollTop += Math.max(0, last.getBoundingClientRect().bottom - box.bottom + 14);
  };
  // The few notices that come from the web library itself.
  const notices = [
    [/^Error$/, "出错了"],
    [/maximum allowed size/i, "文件太大，没有上传。请只提交申请书正文，或者把内容粘贴进来。"],
    [/Connection to the server was lost/i, "与服务器的连接断开，正在重新连接……请先不要关闭页面。"],
    [/Connection (re-?established|restored)|reconnected/i, "已重新连接。"],
    [/errored out|Failed to fetch|Could not/i, "没有得到服务器的回应。请确认服务仍在运行，再试一次。"],
  ];
  const translate = () => {
    for (const one of document.querySelectorAll(".toast-title, .toast-text, .toast-message-text")) {
      if (one.childElementCount) continue;
      const found = notices.find(([words]) => words.test(one.textContent.trim()));
      if (found) one.textContent = found[1];
    }
  };
  const tidy = () => {
    follow();
    translate();
    for (const [place, label] of Object.entries(labels)) {
      const one = document.querySelector(place);
      if (one && one.getAttribute("aria-label") !== label) one.setAttribute("aria-label", label);
    }
    for (const [id, name] of Object.entries(names)) {
      for (const one of document.querySelectorAll(`[data-testid="${id}"][aria-label]`)) {
        if (one.getAttribute("aria-label") !== name) one.setAttribute("aria-label", name);
      }
    }
    for (const one of document.querySelectorAll("details.source > summary")) {
      if (!one.hasAttribute("tabindex")) one.setAttribute("tabindex", "0");
    }
  };
  let due = false;
  new MutationObserver(() => {
    if (due) return;
    due = true;
    requestAnimationFrame(() => { due = false; tidy(); });
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
