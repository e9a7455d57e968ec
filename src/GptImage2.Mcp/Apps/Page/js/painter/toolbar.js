// The painter's tools, their settings, and the rectangle by numbers for those who use no pointer.
const paintTools = [['brush', 'Brush', 'b'], ['eraser', 'Eraser', 'e'], ['rectangle', 'Rectangle', 'r'], ['lasso', 'Lasso', 'l'], ['flood', 'Colour', 'f'], ['pan', 'Move', 'h']];

function slider(label, max, value, oninput) {
  const output = el('output');
  const input = el('input', { type: 'range', min: 0, max, 'aria-label': label, oninput: () => update(Number(input.value)) });
  const update = next => {
    input.value = next;
    output.textContent = oninput(Number(input.value));
    input.ariaValueText = output.textContent;
  };
  update(value);
  return { node: el('label', { class: 'slider' }, label, input, output), change: step => update(Number(input.value) + step) };
}

function createToolbar(painter) {
  const longest = Math.max(painter.mask.width, painter.mask.height);
  const buttons = paintTools.map(([name, label, key]) =>
    button(label, () => choose(name), { 'aria-keyshortcuts': key, title: `${label} (${key.toUpperCase()})` }));
  // Each step of the slider makes the brush wider by the same share.
  const size = slider('Size', 100, 62, step => {
    painter.size = Math.max(1, Math.round((longest / 2) ** (step / 100)));
    painter.zoom.redraw();
    return painter.size + ' px';
  });
  const tolerance = slider('Tolerance', 128, 24, value => painter.tolerance = value);

  function choose(name) {
    painter.tool = name;
    painter.zoom.tool = name === 'pan' ? null : painter.stroke;
    // Tells the canvas whose touches are whose.
    painter.zoom.panBy(0, 0);
    buttons.forEach((node, index) => node.ariaPressed = String(paintTools[index][0] === name));
    tolerance.node.hidden = name !== 'flood';
    size.node.hidden = name !== 'brush' && name !== 'eraser';
    painter.zoom.canvas.dataset.tool = name;
  }

  const edit = (label, work, props) => button(label, () => {
    work();
    painter.changed();
  }, props);
  const undo = edit('Undo', () => painter.mask.undo(), { 'aria-keyshortcuts': 'Control+z' });
  const redo = edit('Redo', () => painter.mask.redo(), { 'aria-keyshortcuts': 'Control+Shift+z' });
  const clear = edit('Clear', () => painter.mask.clear());
  const node = el('div', { class: 'bars' },
    el('div', { class: 'tools', role: 'group', 'aria-label': 'Tools' }, buttons, size.node, tolerance.node),
    el('div', { class: 'tools', role: 'group', 'aria-label': 'Mask' }, undo, redo, edit('Invert', () => painter.mask.invert()), clear, painter.serverButton));

  function key(event) {
    if (event.target.matches('textarea,select,input:not([type=range])')) return;
    const letter = event.key.toLowerCase(), control = event.ctrlKey || event.metaKey;
    const tool = !control && !event.altKey && paintTools.find(([, , own]) => own === letter);
    if (control && letter === 'z') (event.shiftKey ? redo : undo).click();
    else if (tool) choose(tool[0]);
    else if (letter === '[' || letter === ']') size.change(letter === '[' ? -3 : 3);
    else return;
    event.preventDefault();
  }

  function update() {
    undo.disabled = !painter.mask.done.length;
    redo.disabled = !painter.mask.undone.length;
    clear.disabled = !painter.mask.marked;
  }

  choose('brush');
  return { node, key, update };
}

function createNumbers(painter) {
  const { width, height } = painter.mask;
  const fields = [['Left', 0, width], ['Top', 0, height], ['Width', width, width], ['Height', height, height]].map(([label, value, max]) =>
    ({ label, input: el('input', { type: 'number', min: 0, max, value }) }));
  const mark = (label, value) => button(label, () => {
    painter.mask.rectangle(...fields.map(({ input }) => Math.round(Number(input.value))), value);
    painter.changed();
    announce((painter.mask.coverage * 100).toFixed(1) + ' % is marked');
  });
  return el('details', {}, el('summary', {}, 'Mark by numbers'),
    el('div', { class: 'tools' }, fields.map(({ label, input }) => el('label', {}, label, input)), mark('Mark', 1), mark('Unmark', 0)),
    el('p', { class: 'faint' }, `In pixels; the image has ${width} × ${height}.`));
}
