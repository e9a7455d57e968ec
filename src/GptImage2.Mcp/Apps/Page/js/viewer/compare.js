// The dividing line between before and after: dragged, or moved by the arrow keys.
function createDivider(zoom) {
  const node = el('div', {
    class: 'divider', role: 'slider', tabindex: 0, 'aria-label': 'Before on the left, after on the right',
    onpointerdown: event => node.setPointerCapture(event.pointerId),
    onpointermove: event => event.buttons && moveTo(zoom.placeOf(event).x / zoom.viewWidth),
    onkeydown: press,
  }, el('span', {}, 'Before'), el('span', {}, 'After'));

  function moveTo(split) {
    zoom.split = Math.min(1, Math.max(0, split));
    node.style.left = zoom.split * 100 + '%';
    node.ariaValueNow = Math.round(zoom.split * 100);
    zoom.redraw();
  }

  function press(event) {
    const step = { ArrowLeft: -0.05, ArrowDown: -0.05, ArrowRight: 0.05, ArrowUp: 0.05, Home: -1, End: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    moveTo(zoom.split + step);
  }

  moveTo(0.5);
  return node;
}
