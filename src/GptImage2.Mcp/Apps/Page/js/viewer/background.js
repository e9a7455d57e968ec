// What lies behind a picture with alpha: its choice, and the checkerboard.
function createBackground(zoom) {
  const apply = () => {
    colour.hidden = choice.value !== 'colour';
    zoom.background = colour.hidden ? choice.value : colour.value;
    zoom.redraw();
  };
  const choice = el('select', { 'aria-label': 'Background', onchange: apply }, ['checkerboard', 'black', 'white', 'colour'].map(name => el('option', {}, name)));
  const colour = el('input', { type: 'color', 'aria-label': 'Background colour', hidden: true, oninput: apply });
  return [choice, colour];
}

let checkers;
function checkerboard(context) {
  if (checkers) return checkers;
  const cell = new OffscreenCanvas(16, 16);
  const pen = cell.getContext('2d');
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, 16, 16);
  pen.fillStyle = '#ccc';
  pen.fillRect(0, 0, 8, 8);
  pen.fillRect(8, 8, 8, 8);
  return checkers = context.createPattern(cell, 'repeat');
}
