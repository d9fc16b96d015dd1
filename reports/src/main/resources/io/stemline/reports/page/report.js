(() => {
  const closed = [];
  addEventListener('beforeprint', () => {
    document.querySelectorAll('details:not([open])').forEach(part => {
      part.open = true;
      closed.push(part);
    });
  });
  addEventListener('afterprint', () => {
    while (closed.length > 0) closed.pop().open = false;
  });
})();
