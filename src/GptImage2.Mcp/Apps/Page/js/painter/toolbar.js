// The painter's tools, each chosen by a letter too, and the rectangle by numbers for those who use no pointer.
const paintTools = { b: 'Brush', e: 'Eraser', r: 'Rectangle', l: 'Lasso', f: 'Colour', h: 'Hand' };

const toolRow = (...children) => el('div', { class: 'tools' }, ...children);

function createToolbar(painter, more) {
  const { mask, zoom } = painter, stroke = createStroke(painter), widest = Math.max(mask.width, mask.height) / 2;
  const values = { Size: 62, Tolerance: 24 }, name = el('span'), output = el('output');
  const range = el('input', { type: 'range', oninput: () => slide(range.value) }), slider = el('label', {}, name, range, output);
  const buttons = Object.entries(paintTools).map(([letter, tool]) => button(tool, () => choose(tool), { title: 'Key: ' + letter }));
  const edit = operation => button(operation[0].toUpperCase() + operation.slice(1), () => {
    mask[operation]();
    planSoon(painter);
  });
  const undo = edit('undo'), redo = edit('redo');

  // Each step of the size makes the brush wider by the same share.
  function slide(value) {
    range.value = values[name.textContent] = clamp(value, 0, 100);
    painter.size = Math.round(widest ** (values.Size / 100));
    painter.tolerance = values.Tolerance;
    output.textContent = range.ariaValueText = painter.tool === 'Colour' ? range.value : painter.size + ' px';
    zoom.redraw();
  }

  function choose(tool) {
    painter.tool = zoom.canvas.dataset.tool = tool;
    zoom.tool = tool === 'Hand' ? null : stroke;
    // Tells the canvas whose touches are whose.
    zoom.panBy(0, 0);
    for (const node of buttons) node.ariaPressed = node.textContent === tool;
    name.textContent = tool === 'Colour' ? 'Tolerance' : 'Size';
    slider.hidden = !isBrush(tool) && tool !== 'Colour';
    slide(values[name.textContent]);
  }

  function key(event) {
    if (event.target.matches('textarea,select,[type=number]') || event.altKey) return;
    const letter = event.key.toLowerCase(), tool = paintTools[letter], step = { '[': -3, ']': 3 }[letter];
    if (event.ctrlKey || event.metaKey) {
      if (letter !== 'z') return;
      (event.shiftKey ? redo : undo).click();
    } else if (tool) choose(tool);
    else if (step) slide(Number(range.value) + step);
    else return;
    event.preventDefault();
  }

  choose('Brush');
  return { key, node: toolRow(buttons, slider, undo, redo, edit('invert'), edit('clear'), more) };
}

function createNumbers(painter) {
  const { width, height } = painter.mask, fields = ['Left', 'Top', 'Width', 'Height'].map(name => el('label', {}, name, el('input', { type: 'number', min: 0, value: 0 })));
  const mark = (label, value) => button(label, () => {
    painter.mask.rectangle(...fields.map(({ lastChild }) => Math.round(lastChild.value)), value);
    planSoon(painter);
  });
  return el('details', {}, el('summary', {}, `Mark by numbers (${width} × ${height} pixels)`), toolRow(fields, mark('Mark', 1), mark('Unmark', 0)));
}
