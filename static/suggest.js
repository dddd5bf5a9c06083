// Suggests how what is typed may go on: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
const input = document.querySelector("#q, #masthead-q");
const { address, sheet } = document.querySelector("script[data-sheet]").dataset;
const make = (name, properties) => Object.assign(document.createElement(name), properties);
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
  list.hidden = !options.length;
  input.ariaExpanded = !list.hidden;
  mark();
};
const ask = async () => {
  asked?.abort();
  asked = new AbortController();
  const answer = fetch(address + encodeURIComponent(input.value), asked).then((found) => found.json());
  const [, texts, kinds, links] = await answer.catch(() => []);
  if (texts) show(texts.map((title, place) => {
    const option = make("li", { id: "suggestion" + place, role: "option", title });
    option.dataset.link = links[place];
    option.append(make("bdi", { textContent: title }), make("span", { textContent: kinds[place] }));
    return option;
  }));
};
const choose = ({ title, dataset: { link } }) => {
  show();
  if (!link.startsWith(input.form.action)) return location.assign(link);
  input.value = title;
  input.form.submit();
};
const moves = {
  ArrowDown: () => (list.hidden ? ask() : mark(chosen ? chosen.nextSibling : list.firstChild)),
  ArrowUp: () => mark(chosen ? chosen.previousSibling : list.lastChild),
  Escape: () => show(),
  Enter: () => choose(chosen),
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
    const { key } = event;
    if (event.isComposing || !moves[key] || (key === "Enter" ? !chosen : list.hidden && key !== "ArrowDown")) return;
    event.preventDefault();
    moves[key]();
  };
  list.onpointerdown = (event) => event.preventDefault();
  list.onclick = (event) => choose(event.target.closest("li"));
}
