// A little help with reading; every page works without it. Keys can be switched off (WCAG 2.1.4).
(() => {
  "use strict";
  const make = (name, text = "", properties = {}) =>
    Object.assign(document.createElement(name), { textContent: text }, properties);
  const find = (selector) => document.querySelector(selector);

  const said = make("p", "", { className: "said", role: "status" });
  let silence;
  const say = (words) => {
    said.textContent = words;
    clearTimeout(silence);
    silence = setTimeout(() => { said.textContent = ""; }, 6000);
  };

  const copyAddress = async (event) => {
    const number = event.target.closest?.(".address")?.dataset.number;
    if (!number || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const address = new URL(`p/${number}/`, location.origin + location.pathname).href;
    try {
      await navigator.clipboard.writeText(address);
      say(`Copied: ${address}`);
    } catch {
      say(`The address of this paragraph: ${address}`);
    }
  };

  const follow = (rel) => () => {
    const link = find(`head link[rel="${rel}"]`);
    if (link) location.assign(link.href);
  };
  const keys = {
    "/": ["to the search", () => (find("#q") ?? find("#masthead-q"))?.focus()],
    n: ["next document or page", follow("next")],
    p: ["previous document or page", follow("prev")],
    "?": ["these keys", () => dialog.showModal()],
  };
  const areOff = () => localStorage.getItem("keys") === "off";
  const onKey = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || dialog.open || areOff()) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable]") || !Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key][1]();
  };

  const dialog = make("dialog", "", { className: "keys" });
  dialog.setAttribute("aria-labelledby", "keys-title");
  const list = make("dl");
  for (const [key, [meaning]] of Object.entries(keys)) {
    const row = make("div");
    row.append(make("dt", key), make("dd", meaning));
    list.append(row);
  }
  const toggle = make("button");
  const label = () => { toggle.textContent = areOff() ? "Switch on" : "Switch off"; };
  toggle.onclick = () => { localStorage.setItem("keys", areOff() ? "on" : "off"); label(); };
  label();
  dialog.append(make("h2", "Keys", { id: "keys-title" }), list, toggle,
    make("button", "Close", { onclick: () => dialog.close() }));

  const headings = [...document.querySelectorAll(".contents a")]
    .map((link) => [link, document.getElementById(link.hash.slice(1))]).filter(([, heading]) => heading);
  const markCurrent = () => {
    const past = headings.filter(([, heading]) => heading.getBoundingClientRect().top < innerHeight / 4);
    for (const [link] of headings) link.removeAttribute("aria-current");
    past.at(-1)?.[0].setAttribute("aria-current", "true");
  };

  find(".colophon p")?.append(make("button", "Keys", { onclick: () => dialog.showModal() }));
  document.body.append(said, dialog);
  document.addEventListener("click", copyAddress);
  document.addEventListener("keydown", onKey);
  if (headings.length) {
    markCurrent();
    addEventListener("scroll", () => requestAnimationFrame(markCurrent), { passive: true });
  }
})();
