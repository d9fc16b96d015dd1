// Replaces the parts of the page that changed, so a page that is left open stays as large as it is. An event brings those that
// changed, or the whole page as it is now.
const root = document.querySelector("[data-live]");
const connection = root.querySelector("[data-connection]");
const parts = new Map();
for (const part of root.querySelectorAll("[data-part]")) {
  parts.set(part.dataset.part, { part, html: part.innerHTML });
}

function show(name, html) {
  const shown = parts.get(name);
  if (!shown || shown.html === html) return;
  const { part } = shown;
  const focused = part.contains(document.activeElement) ? document.activeElement.id : "";
  const opened = [...part.querySelectorAll("details[open]")].map(nameOf);
  const scrolled = [...part.querySelectorAll(".scroll")].map((table) => table.scrollLeft);
  part.innerHTML = html;
  shown.html = html;
  for (const details of part.querySelectorAll("details")) {
    details.open ||= opened.includes(nameOf(details));
  }
  part.querySelectorAll(".scroll").forEach((table, n) => (table.scrollLeft = scrolled[n] ?? 0));
  if (focused) {
    document.getElementById(focused)?.focus({ preventScroll: true });
  }
}

function nameOf(details) {
  return `${details.closest("[id]")?.id} ${details.querySelector("summary")?.textContent}`;
}

const events = new EventSource(root.dataset.live || `${location.pathname.replace(/\/$/, "")}/changes${location.search}`);
events.addEventListener("page", (event) => {
  const page = new DOMParser().parseFromString(event.data, "text/html");
  for (const part of page.querySelectorAll("[data-part]")) {
    show(part.dataset.part, part.innerHTML);
  }
});
events.addEventListener("open", () => (connection.textContent = ""));
events.addEventListener("error", () => (connection.textContent = "The connection is gone; trying again."));
addEventListener("pagehide", () => events.close());
addEventListener("pageshow", (event) => event.persisted && location.reload());
