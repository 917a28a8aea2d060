/** Numbers and times as people read them. Absent values are a dash. */

const DASH = '–';
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const clock = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

const absent = value => value === null || value === undefined || Number.isNaN(value);

export function count(value) {
  return absent(value) ? DASH : whole.format(value);
}

/** Three or four significant digits, whatever the size. */
export function decimal(value, digits = 4) {
  if (absent(value)) return DASH;
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e7)) return value.toExponential(2);
  if (size >= 1000) return whole.format(value);
  return String(Number(value.toPrecision(digits)));
}

export function percent(share, digits = 1) {
  return absent(share) ? DASH : (share * 100).toFixed(share === 1 ? 0 : digits) + '\u00a0%';
}

export function bytes(value) {
  if (absent(value)) return DASH;
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  let unit = 0;
  let size = value;
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  return (unit === 0 || size >= 99.95 ? Math.round(size) : size.toFixed(1)) + ' ' + units[unit];
}

/** Seconds of an ISO 8601 duration such as PT1H2M3.5S. */
export function seconds(iso) {
  const parts = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(iso ?? '');
  return parts ? (parts[1] ?? 0) * 3600 + (parts[2] ?? 0) * 60 + Number(parts[3] ?? 0) : NaN;
}

export function duration(secs) {
  if (absent(secs)) return DASH;
  if (secs < 10) return Number(secs.toFixed(1)) + ' s';
  const s = Math.round(secs);
  if (s < 60) return s + ' s';
  if (s < 3600) return Math.floor(s / 60) + ' min ' + String(s % 60).padStart(2, '0') + ' s';
  if (s < 172_800) return Math.floor(s / 3600) + ' h ' + String(Math.floor(s / 60) % 60).padStart(2, '0') + ' min';
  return Math.round(s / 86_400) + ' days';
}

export function between(from, to) {
  return from ? duration((to ? Date.parse(to) : Date.now()) / 1000 - Date.parse(from) / 1000) : DASH;
}

export function time(iso) {
  return iso ? clock.format(new Date(iso)) : DASH;
}

export function ago(iso) {
  if (!iso) return DASH;
  const s = (Date.now() - Date.parse(iso)) / 1000;
  if (s < 5) return 'just now';
  if (s < 60) return Math.floor(s) + ' s ago';
  if (s < 3600) return Math.floor(s / 60) + ' min ago';
  if (s < 86_400) return Math.floor(s / 3600) + ' h ago';
  return day.format(new Date(iso));
}

/** TRAINER_CRASHED -> trainer crashed */
export function words(name) {
  return name ? name.toLowerCase().replaceAll('_', ' ') : '';
}

/** TRAINER_CRASHED -> Trainer crashed */
export function sentence(name) {
  const text = words(name);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** stepsPerEvaluation -> Steps per evaluation */
export function label(name) {
  const spaced = name.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/([a-z]{2})(\d)/g, '$1 $2').replaceAll('_', ' ').toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

export function plural(n, one, many = one + 's') {
  return count(n) + ' ' + (n === 1 ? one : many);
}
