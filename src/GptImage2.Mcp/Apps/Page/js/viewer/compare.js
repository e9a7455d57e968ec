// The dividing line between before and after: dragged, or moved by the arrow keys.
function createCompare(zoom) {
  const node = el('div', {
    class: 'divider', role: 'slider', tabindex: 0, 'aria-label': 'Before on the left, after on the right', 'aria-valuemin': 0, 'aria-valuemax': 100,
    onpointerdown: event => node.setPointerCapture(event.pointerId), onpointermove: drag, onkeydown: press,
  }, el('span', {}, 'Before'), el('span', {}, 'After'));

  function moveTo(split) {
    zoom.split = Math.min(1, Math.max(0, split));
    node.style.left = zoom.split * 100 + '%';
    node.ariaValueNow = String(Math.round(zoom.split * 100));
    zoom.redraw();
  }

  function drag(event) {
    if (event.buttons) moveTo(zoom.placeOf(event).x / zoom.viewWidth);
  }

  function press(event) {
    const splits = { ArrowLeft: zoom.split - 0.05, ArrowDown: zoom.split - 0.05, ArrowRight: zoom.split + 0.05, ArrowUp: zoom.split + 0.05, Home: 0, End: 1 };
    if (splits[event.key] === undefined) return;
    event.preventDefault();
    moveTo(splits[event.key]);
  }

  moveTo(0.5);
  return node;
}
