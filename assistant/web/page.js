// Small manners of the page: Chinese throughout, a name for each message that a screen reader can say.
Object.defineProperty(navigator, "language", { get: () => "zh-CN" });
Object.defineProperty(navigator, "languages", { get: () => ["zh-CN"] });
document.documentElement.lang = "zh-CN";
(() => {
  const names = { bot: "助手", user: "经办人" };
  let seen = 0;
  // A new answer is read from its beginning: the last question is brought to the top of the conversation.
  const follow = () => {
    const rows = document.querySelectorAll("#chat .message-row");
    if (rows.length === seen) return;
    seen = rows.length;
    const asked = [...document.querySelectorAll("#chat .user-row")].pop();
    const pane = asked && asked.closest(".panel-wrap");
    if (!pane) return;
    const last = rows[rows.length - 1], first = asked.nextElementSibling;
    const box = pane.getBoundingClientRect();
    if (last === asked || last === first) pane.scrollTop += asked.getBoundingClientRect().top - box.top - 12;
    else pane.scrollTop += Math.max(0, last.getBoundingClientRect().bottom - box.bottom + 14);
  };
  const tidy = () => {
    follow();
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
