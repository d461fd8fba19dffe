// A page that has lost its login or its program says so, and what to do; what stands in it can still be read and copied.
const told = {
  401: "登录已经失效，刚才这一步没有做。请重新登录；没有办完的申请还在，登录后点“接着办”。",
  409: "这个页面与它办的申请已经断开，刚才这一步没有做。请刷新页面，再点“接着办”。",
};
const lost = (words, label) => {
  if (document.querySelector("#lost")) return;
  const box = document.createElement("div"), again = document.createElement("button");
  box.id = "lost";
  box.setAttribute("role", "alert");
  box.append(words, again);
  again.type = "button";
  again.textContent = label;
  again.addEventListener("click", () => window.location.reload());
  document.body.append(box);
  again.focus();
};
const plainly = window.fetch.bind(window);
window.fetch = async (place, init) => {
  const url = new URL(place.url || place, window.location.href);
  if (url.origin === window.location.origin && url.pathname.endsWith("/queue/join") && init && init.body) {
    const headers = new Headers(init.headers);
    headers.set("x-page", `${window.program}:${JSON.parse(init.body).session_hash}`);
    init = { ...init, headers };
  }
  const answer = await plainly(place, init);
  if (url.origin === window.location.origin && told[answer.status]) lost(told[answer.status], answer.status === 401 ? "重新登录" : "刷新页面");
  return answer;
};
