// The painter's tools, each chosen by its first letter too, and the rectangle by numbers for those who use no pointer.
const paintTools = ['Brush', 'Eraser', 'Rectangle', 'Lasso', 'Fill', 'Hand'];

function createToolbar(painter, more) {
  const { mask, zoom } = painter, stroke = createStroke(painter), widest = Math.max(mask.width, mask.height) / 2;
  const values = { Size: 62, Tolerance: 24 }, name = el('span'), output = el('output');
  const range = el('input', { type: 'range', oninput: () => slide(range.value) }), slider = el('label', {}, name, range, output);
  const buttons = paintTools.map(tool => button(tool, () => choose(tool), { title: `${tool} (${tool[0]})` }));
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
    output.textContent = range.ariaValueText = painter.tool === 'Fill' ? range.value : painter.size + ' px';
    zoom.redraw();
  }

  function choose(tool) {
    painter.tool = zoom.canvas.dataset.tool = tool;
    zoom.tool = tool === 'Hand' ? null : stroke;
    // Tells the canvas whose touches are whose.
    zoom.panBy(0, 0);
    for (const node of buttons) node.ariaPressed = node.textContent === tool;
    name.textContent = tool === 'Fill' ? 'Tolerance' : 'Size';
    slider.hidden = !isBrush(tool) && tool !== 'Fill';
    slide(values[name.textContent]);
  }

  function key(event) {
    if (event.target.matches('textarea,select,[type=number]') || event.altKey) return;
    const letter = event.key.toUpperCase(), tool = paintTools.find(other => other[0] === letter), step = { '[': -3, ']': 3 }[letter];
    if (event.ctrlKey || event.metaKey) {
      if (letter !== 'Z') return;
      (event.shiftKey ? redo : undo).click();
    } else if (tool) choose(tool);
    else if (step) slide(Number(range.value) + step);
    else return;
    event.preventDefault();
  }

  choose('Brush');
  return { key, node: el('div', { class: 'tools' }, buttons, slider, undo, redo, edit('invert'), edit('clear'), more) };
}

function createNumbers(painter) {
  const { width, height } = painter.mask, fields = Object.entries({ Left: 0, Top: 0, Width: width, Height: height });
  const inputs = fields.map(([, value]) => el('input', { type: 'number', min: 0, value }));
  const mark = (label, value) => button(label, () => {
    painter.mask.rectangle(...inputs.map(input => Math.round(input.value)), value);
    planSoon(painter);
  });
  return el('details', {}, el('summary', {}, `Mark by numbers (${width} × ${height} pixels)`),
    el('div', { class: 'tools' }, fields.map(([label], index) => el('label', {}, label, inputs[index])), mark('Mark', 1), mark('Unmark', 0)));
}
