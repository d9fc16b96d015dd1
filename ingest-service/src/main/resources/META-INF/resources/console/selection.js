// Ticking a whole page, and saying how much is ticked.
const boxes = (form) => [...form.querySelectorAll('input[name="item"]')];

function say(form) {
  const ticked = boxes(form).filter((box) => box.checked).length;
  const all = form.querySelector("[data-select-all]").checked;
  form.querySelector("[data-selected]").textContent = all ? "all selected" : ticked ? `${ticked} selected` : "";
}

document.addEventListener("change", (event) => {
  const form = event.target.closest("[data-selection]");
  if (!form) {
    return;
  }
  if (event.target.matches("[data-select-page]")) {
    boxes(form).forEach((box) => (box.checked = event.target.checked));
  }
  say(form);
});
