// Times and spans for people: local, and as short as can be understood.

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (n: number): string => String(n).padStart(2, '0');

/** `14:03` */
export const clock = (at: string | number): string => {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
};

/** `today`, `yesterday`, `Nov 12`, and `Nov 12 2024` for another year. */
export function day(at: string | number, now: number): string {
  const date = new Date(at);
  const today = new Date(now);
  const isDay = (offset: number): boolean =>
    new Date(today.getFullYear(), today.getMonth(), today.getDate() + offset).toDateString() ===
    date.toDateString();
  if (isDay(0)) return 'today';
  if (isDay(-1)) return 'yesterday';
  const short = `${months[date.getMonth()]} ${date.getDate()}`;
  return date.getFullYear() === today.getFullYear() ? short : `${short} ${date.getFullYear()}`;
}

/** `14:03` of today, `yesterday 14:03`, and the day alone for what is longer ago. `–` where the time is not known. */
export function moment(at: string | number | null | undefined, now: number): string {
  if (at === null || at === undefined) return '–';
  const name = day(at, now);
  if (name === 'today') return clock(at);
  return name === 'yesterday' ? `yesterday ${clock(at)}` : name;
}

/** Day and time, always both: `Nov 12 14:03`. */
export const fullMoment = (at: string | number | null, now: number): string =>
  at === null ? '–' : `${day(at, now)} ${clock(at)}`;

/** `120 ms`, `1.2 s`, `3 min`, `1 h 20 min`, `2 d 3 h`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = ms / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 59.5) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return joined(hours, 'h', minutes % 60, 'min');
  return joined(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

/** Of what is known to the second: `0 s`, `3 s`, `3 min`. */
export const seconds = (n: number): string => (n < 60 ? `${n} s` : duration(n * 1000));

const joined = (big: number, bigUnit: string, small: number, smallUnit: string): string =>
  small === 0 ? `${big} ${bigUnit}` : `${big} ${bigUnit} ${small} ${smallUnit}`;

/** The time from one moment to the other, or undefined where one is missing. */
export function between(from: string | null, to: string | null): string | undefined {
  return from === null || to === null ? undefined : duration(Date.parse(to) - Date.parse(from));
}
