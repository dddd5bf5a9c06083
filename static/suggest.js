// Suggests how what is typed may go on: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
const input = document.querySelector("#q, #masthead-q");
const { address, sheet } = document.querySelector("script[data-sheet]").dataset;
const make = (name, its) => Object.assign(document.createElement(name), its);
const style = make("link", { rel: "stylesheet", href: sheet });
const list = make("ul", { id: "suggestions", hidden: true, role: "listbox", ariaLabel: "Suggestions" });
let chosen, timer, asked;

const mark = (option) => {
  for (const other of list.children) other.ariaSelected = other === option;
  option?.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", option?.id ?? "");
  chosen = option;
};
const show = (options = []) => {
  clearTimeout(timer);
  asked?.abort();
  list.replaceChildren(...options);
  list.hidden = !options[0];
  input.ariaExpanded = !list.hidden;
  mark();
};
const offer = ([, texts, kinds, links]) => show(texts.map((title, at) => {
  const option = make("li", { id: list.id + at, role: "option", title, link: links[at] });
  option.append(make("bdi", { textContent: title }), make("span", { textContent: kinds[at] }));
  return option;
}));
const ask = () => {
  asked?.abort();
  asked = new AbortController();
  fetch(address + encodeURIComponent(input.value), asked).then((answer) => answer.json()).then(offer, () => {});
};
const choose = ({ title, link } = chosen) => {
  show();
  if (!link.startsWith(input.form.action)) return location.assign(link);
  input.value = title;
  input.form.submit();
};
const moves = () => list.hidden ? { ArrowDown: ask } : {
  ArrowDown: () => mark(chosen ? chosen.nextSibling : list.firstChild),
  ArrowUp: () => mark(chosen ? chosen.previousSibling : list.lastChild),
  Escape: show,
  Enter: chosen && choose,
};

if (input && !navigator.connection?.saveData) {
  input.after(list);
  Object.assign(input, { role: "combobox", ariaAutoComplete: "list", ariaExpanded: false });
  input.setAttribute("aria-controls", list.id);
  input.onfocus = () => document.head.append(style);
  input.onblur = () => show();
  input.oninput = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 150);
  };
  input.onkeydown = (event) => {
    const move = moves()[event.key];
    if (!move || event.isComposing) return;
    event.preventDefault();
    move();
  };
  list.onpointerdown = (event) => event.preventDefault();
  list.onclick = (event) => choose(event.target.closest("li"));
}
