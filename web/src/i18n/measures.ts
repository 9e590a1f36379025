/** Sizes and times as people say them. */
import type { Language } from './words.tsx';

/** 1536 → `1.5 KiB`. */
export function sayBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  return `${value.toFixed(power === 0 || value >= 100 ? 0 : 1)} ${units[power]}`;
}

/** 12703872 → `12.7 M`, in Chinese `1270 万`. */
export function sayCount(count: number, language: Language): string {
  if (language === 'zh')
    return count >= 10_000 ? `${new Intl.NumberFormat('zh').format(Math.round(count / 10_000))} 万` : String(count);
  return new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 }).format(count);
}

/** Day and time of an ISO 8601 moment, in the artist's own zone. */
export function sayTime(iso: string, language: Language): string {
  const date = new Date(iso);
  const today = new Date().toDateString() === date.toDateString();
  const style = today ? { timeStyle: 'short' } : { dateStyle: 'medium', timeStyle: 'short' };
  return new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', style as Intl.DateTimeFormatOptions).format(
    date,
  );
}

/** 3725 s → `1 h 2 min`. */
export function sayDuration(seconds: number, language: Language): string {
  const [h, min, s] = language === 'zh' ? ['小时', '分', '秒'] : ['h', 'min', 's'];
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} ${s}`;
  if (whole < 3600) return `${Math.floor(whole / 60)} ${min} ${whole % 60} ${s}`;
  return `${Math.floor(whole / 3600)} ${h} ${Math.floor((whole % 3600) / 60)} ${min}`;
}
