/** The box that one picture gets, in CSS pixels, and what an unknown size is taken for. */
const BOX = { width: 420, height: 340 };
const UNKNOWN = { width: 320, height: 240 };

/** The size at which a picture is drawn: all of it, never larger than it is, at least as large as a finger. */
export function fitted(size: { readonly width: number | null; readonly height: number | null }): { width: number; height: number } {
  const { width, height } = size.width && size.height ? { width: size.width, height: size.height } : UNKNOWN;
  const scale = Math.min(1, BOX.width / width, BOX.height / height);
  return { width: Math.max(44, Math.round(width * scale)), height: Math.max(44, Math.round(height * scale)) };
}
