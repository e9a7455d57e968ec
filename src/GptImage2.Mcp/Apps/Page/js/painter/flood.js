// Finds the pixels connected to a first one and alike in colour, line by line, without recursion.
function floodByColour({ data, width, height }, x, y, tolerance) {
  const found = new Uint8Array(width * height), start = y * width + x, waiting = [start];
  const alike = index => {
    if (found[index]) return false;
    for (let i = 0; i < 4; i++) if (Math.abs(data[index * 4 + i] - data[start * 4 + i]) > tolerance) return false;
    return true;
  };
  while (waiting.length) {
    let index = waiting.pop();
    if (!alike(index)) continue;
    const line = index - index % width;
    while (index > line && alike(index - 1)) index--;
    for (; index < line + width && alike(index); index++) {
      found[index] = 1;
      if (index >= width) waiting.push(index - width);
      if (index + width < found.length) waiting.push(index + width);
    }
  }
  return found;
}
