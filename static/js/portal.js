// What JavaScript adds to every page. All of it is extra: links, forms and details work without this file.

const pops = () => document.querySelectorAll("details.pop[open]");

// Menus close by a tap elsewhere and by Escape.
document.addEventListener("click", (event) => {
  const own = event.target.closest("details.pop");
  for (const pop of pops()) if (pop !== own) pop.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const pop of pops()) {
    pop.open = false;
    pop.querySelector("summary").focus();
  }
});

// Tabs that do not fit scroll sideways: the current one comes into view.
document.querySelector(".tabs [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });

// "Pilih semua" in the heading of a table or list.
document.addEventListener("change", (event) => {
  const all = event.target.closest("[data-pick-all]");
  if (!all) return;
  const boxes = all.closest(".data").querySelectorAll("tbody .pick input, .asks .pick input");
  for (const box of boxes) box.checked = all.checked;
});

// A form is sent once: the second tap waits for the first answer.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.hasAttribute("hx-post") || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, 8000);
});

// data-copy="text" copies; the words of data-copied tell so for two seconds.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button || !navigator.clipboard) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  toast(button.dataset.copied || "Tersalin");
});
if (!navigator.clipboard) for (const button of document.querySelectorAll("[data-copy]")) button.hidden = true;

// data-show: a tick that shows the passwords of its form; without this file the form asks twice instead.
for (const tick of document.querySelectorAll("[data-show]")) tick.closest("label").hidden = false;
document.addEventListener("change", (event) => {
  const tick = event.target.closest("[data-show]");
  if (!tick) return;
  for (const input of tick.form.querySelectorAll("[autocomplete=new-password]")) input.type = tick.checked ? "text" : "password";
});

// data-print prints the page.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

// A dialog swapped in by htmx opens by itself; "Batal" and Escape close and remove it.
document.addEventListener("htmx:afterSwap", () => {
  for (const dialog of document.querySelectorAll("dialog[data-open]:not([open])")) {
    dialog.addEventListener("close", () => dialog.remove());
    dialog.showModal();
  }
});
document.addEventListener("click", (event) => {
  const close = event.target.closest("[data-close]");
  const dialog = close && close.closest("dialog");
  if (!dialog) return;
  event.preventDefault();
  dialog.close();
});

// After a failed send the page stays as it is and says so.
document.addEventListener("htmx:sendError", () => {
  const words = document.body.dataset.offline;
  if (words) toast(words);
});
document.addEventListener("htmx:responseError", () => {
  const words = document.body.dataset.trouble;
  if (words) toast(words);
});

// Toasts leave after ten seconds, but never while a pointer or the focus rests on them.
function toast(words) {
  const line = document.createElement("div");
  line.className = "toast";
  const text = document.createElement("span");
  text.textContent = words;
  line.append(text);
  document.getElementById("toasts").append(line);
}
const leave = (line) => {
  if (line.matches(":hover, :focus-within")) setTimeout(leave, 2000, line);
  else line.remove();
};
new MutationObserver((changes) => {
  for (const change of changes) for (const node of change.addedNodes) if (node.nodeType === 1) setTimeout(leave, 10000, node);
}).observe(document.getElementById("toasts"), { childList: true });
