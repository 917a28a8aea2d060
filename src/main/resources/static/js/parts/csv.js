/** Rows of a CSV (RFC 4180): quoted fields may have commas, line ends, and quotes that are doubled. */
export function rows(text) {
  const all = [];
  let row = [];
  let value = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c !== '"') value += c;
      else if (text[i + 1] === '"') value += text[++i];
      else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === ',') {
      row.push(value);
      value = '';
    } else if (c === '\n') {
      all.push([...row, value]);
      row = [];
      value = '';
    } else if (c !== '\r') value += c;
  }
  if (value !== '' || row.length > 0) all.push([...row, value]);
  return all;
}
