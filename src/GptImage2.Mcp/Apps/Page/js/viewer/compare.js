// The dividing line between before and after: dragged, or moved by the arrow keys.
function createDivider(zoom, start = 0.5) {
  const node = el('div', {
    class: 'divider', role: 'slider', tabindex: 0, 'aria-label': 'Before on the left, after on the right',
    onpointerdown: event => node.setPointerCapture(event.pointerId),
    onpointermove: event => event.buttons && moveTo(zoom.placeOf(event).x / zoom.viewWidth),
    onkeydown: event => moveTo(zoom.split + 0.05 * (stepOf(event, -1) ?? 0)),
  }, el('span', {}, 'Before'), el('span', {}, 'After'));

  function moveTo(split) {
    zoom.split = clamp(split, 0, 1);
    node.style.left = `${zoom.split * 100}%`;
    node.ariaValueNow = Math.round(zoom.split * 100);
    zoom.redraw();
  }

  moveTo(start);
  return node;
}
