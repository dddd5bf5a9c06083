// A datalist suggests for the whole field; this makes it suggest for the tag after the last comma.
"use strict";
document.addEventListener("input", (event) => {
  const field = event.target;
  if (field.name !== "tags" || !field.list) return;
  const typed = field.value.slice(0, field.value.lastIndexOf(",") + 1);
  const before = typed ? `${typed} ` : "";
  for (const option of field.list.options) {
    option.dataset.tag ??= option.value;
    option.value = before + option.dataset.tag;
  }
});
