// Small manners of the page: Chinese throughout, a name for each message that a screen reader can say.
Object.defineProperty(navigator, "language", { get: () => "zh-CN" });
Object.defineProperty(navigator, "languages", { get: () => ["zh-CN"] });
document.documentElement.lang = "zh-CN";
// What stands in the form of facts, with the case it belongs to. Folded fields are not there, and not changed.
// What is typed after the form was last handed over is put back where the form is laid out anew meanwhile.
let typedSince = {};
const inputOf = (field) => field.querySelector("textarea, input");
window.collectFacts = () => {
  const head = document.querySelector("#facts [data-case]");
  const facts = {};
  for (const field of document.querySelectorAll("#facts .fact[id^='fact-']")) {
    const input = inputOf(field);
    if (input) facts[field.id.slice(5)] = input.value;
  }
  typedSince = {};
  return JSON.stringify({ case: head ? head.dataset.case : "", facts });
};
const caseNow = () => (document.querySelector("#facts [data-case]") || { dataset: {} }).dataset.case;
document.addEventListener("input", (event) => {
  const field = event.isTrusted && event.target.closest("#facts .fact[id^='fact-']");
  if (field) typedSince[field.id] = { in: caseNow(), value: event.target.value };
});
const putBack = () => {
  for (const [id, typed] of Object.entries(typedSince)) {
    const field = document.getElementById(id), input = field && inputOf(field);
    if (!input || typed.in !== caseNow() || input.value === typed.value) continue;
    input.value = typed.value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }
};
// Buttons inside cards, notes and the seven steps: `do` is handed to the server, `go` brings a part to the front,
// a citation opens the provision below the line in which it is named.
let pressed = "{}", asked = null;
const QUESTION = "#guide-question, .result, .intro";
window.takePress = () => { const told = pressed; pressed = "{}"; return told; };
const hand = (button) => {
  const fields = {};
  for (const field of document.querySelectorAll("#guided .field")) fields[field.name] = field.value;
  pressed = JSON.stringify({ do: button.value, fields });
  const panel = button.closest("#guided"), question = panel && panel.querySelector(QUESTION);
  asked = question ? question.textContent : null;
  document.querySelector("#press").click();
};
const openTab = (name) => {
  for (const tab of document.querySelectorAll("#case [role=tab]")) if (tab.textContent.trim() === name) tab.click();
};
const goTo = {
  outcome: () => { openTab("办理"); setTimeout(() => { const box = document.querySelector("#outcome input"); box && box.focus(); }, 150); },
  guide: () => openTab("七步引导"),
  sheet: () => openTab("草稿与校验"),
};
const fetched = async (kind, ref) => {
  const answer = await fetch(`source/${kind}?ref=${encodeURIComponent(ref)}`, { credentials: "same-origin" });
  return answer.ok ? answer.text() : "";
};
const openBelow = async (button) => {
  const line = button.closest("dd, li, p") || button.parentElement;
  const inside = line.matches("dd, li");
  const there = [...(inside ? line.children : line.parentElement.children)].find((one) => one.dataset && one.dataset.opened === button.title);
  if (there) { there.remove(); button.setAttribute("aria-expanded", "false"); return; }
  const box = document.createElement("div");
  box.className = "opened";
  box.dataset.opened = button.title;
  box.innerHTML = (await fetched("provision", button.title)) || "<p class='note'>没有得到服务器的回应，请再试一次。</p>";
  if (inside) line.append(box); else line.after(box);
  button.setAttribute("aria-expanded", "true");
};
document.addEventListener("click", (event) => {
  const cited = event.target.closest(".cite");
  if (cited) { event.preventDefault(); openBelow(cited); return; }
  const button = event.target.closest("button[name]");
  if (!button) return;
  if (button.name === "do") hand(button);
  else if (button.name === "go" && goTo[button.value]) goTo[button.value]();
});
document.addEventListener("keydown", (event) => {
  if (!(event.key === "Enter" || event.key === " ") || !event.target.matches(".cite")) return;
  event.preventDefault();
  openBelow(event.target);
});
// What lies around a source is fetched when it is first opened: other articles that name it, or the whole table.
document.addEventListener("toggle", async (event) => {
  const source = event.target;
  if (!source.open || !source.matches || !source.matches("details.law, details.figure") || source.querySelector(":scope > .around")) return;
  const box = document.createElement("div");
  box.className = "around";
  source.append(box);
  const ref = source.querySelector("summary .ref");
  if (ref) box.innerHTML = await fetched(source.matches(".figure") ? "figure" : "around", ref.textContent.trim());
  const here = box.querySelector("td.here");
  if (here) here.scrollIntoView({ block: "nearest", inline: "nearest" });
}, true);
(() => {
  const names = { bot: "助手", user: "经办人" };
  const labels = {
    "#box textarea": "写给助手的话",
    "#box .upload-button": "上传文件",
    "#box .submit-button": "发送",
    "#chat [role='log']": "对话",
    "#box fieldset, #box [role='group']": "写给助手的话",
    "#outcome button[aria-label='Clear']": "清除处理结果",
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
    [/^Connection Lost$/i, "连接断开"],
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
  // After a press in the seven steps the next question is read out, and stands at the top.
  const ask = () => {
    const panel = document.querySelector("#guided"), question = panel && panel.querySelector(QUESTION);
    if (asked === null || !question || question.textContent === asked) return;
    asked = null;
    const pane = question.closest(".tabitem");
    if (pane) pane.scrollTop = 0;
    question.focus({ preventScroll: true });
  };
  const tidy = () => {
    follow();
    translate();
    putBack();
    setTimeout(putBack, 200);
    ask();
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
