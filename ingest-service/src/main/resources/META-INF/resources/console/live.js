// Replaces the parts of the page that changed, so a page that is left open stays as large as it is.
const root = document.querySelector("[data-live]");
const connection = root.querySelector("[data-connection]");
const events = new EventSource(root.dataset.live);

for (const part of root.querySelectorAll("[data-part]")) {
  events.addEventListener(part.dataset.part, (event) => {
    const focused = part.contains(document.activeElement) ? document.activeElement.id : "";
    part.innerHTML = event.data;
    if (focused) {
      document.getElementById(focused)?.focus({ preventScroll: true });
    }
  });
}
events.addEventListener("open", () => (connection.textContent = ""));
events.addEventListener("error", () => (connection.textContent = "The connection is gone; trying again."));
addEventListener("pagehide", () => events.close());
addEventListener("pageshow", (event) => event.persisted && location.reload());
