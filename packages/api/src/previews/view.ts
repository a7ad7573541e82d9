import type { Preview } from '@koreromai/contract';
import { idOf, type previewsOf } from '@koreromai/db';

type PreviewRow = Awaited<ReturnType<typeof previewsOf>>[number];

/** Where a picture of a page is asked for: through the message that links to it, so that who may not see the one does not see the other. */
const imageUrl = (messageId: string, imageId: string) => `/api/v1/messages/${messageId}/previews/${imageId}`;

export function previewView({ url, title, description, site, ...row }: PreviewRow, messageId: string): Preview {
  const { image_id, width, height } = row;
  const whole = image_id !== null && width !== null && height !== null;
  return { url, title, description, site, image: whole ? { url: imageUrl(messageId, idOf(image_id)), width, height } : null };
}
