import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { checkKey, isKey, type Storage, StorageUnusable } from './storage.ts';

/**
 * Files in a bucket: `s3://KEY:SECRET@BUCKET/PREFIX?region=…&endpoint=https://…`. Without key and secret the usual places
 * of the AWS tools are asked (environment, profile, machine role). An endpoint is addressed by path, as self-hosted servers want it.
 * `listBy` is how many keys a listing asks for at once.
 */
export async function openBucket(href: string, listBy = 1_000): Promise<Storage> {
  const url = new URL(href);
  const endpoint = url.searchParams.get('endpoint');
  const bucket = url.hostname;
  const folder = url.pathname.replace(/^\/|\/$/g, '');
  const prefix = folder === '' ? '' : `${folder}/`;
  const client = new S3Client({
    region: url.searchParams.get('region') ?? 'us-east-1',
    ...(endpoint === null ? {} : { endpoint, forcePathStyle: true }),
    ...(url.username === ''
      ? {}
      : { credentials: { accessKeyId: decodeURIComponent(url.username), secretAccessKey: decodeURIComponent(url.password) } }),
    // Not every server that speaks S3 knows the newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000 },
    maxAttempts: 3,
  });
  const place = (key: string) => ({ Bucket: bucket, Key: prefix + checkKey(key) });
  const list = (token?: string) =>
    client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token, MaxKeys: listBy }));
  try {
    await list();
  } catch (error) {
    client.destroy();
    throw new StorageUnusable(
      `STORAGE_URL names the bucket ${bucket}, which cannot be used (${nameOf(error)}): check the bucket, the region, the endpoint and the rights of the key.`,
    );
  }

  return {
    async put(key, bytes) {
      await client.send(new PutObjectCommand({ ...place(key), Body: bytes, ContentType: 'application/octet-stream' }));
    },
    async get(key, range) {
      try {
        const { Body } = await client.send(
          new GetObjectCommand({ ...place(key), ...(range ? { Range: `bytes=${range.from}-${range.to}` } : {}) }),
        );
        if (!(Body instanceof Readable)) throw new Error('The storage answered without a body.');
        return Body;
      } catch (error) {
        if (nameOf(error) === 'NoSuchKey') return null;
        throw error;
      }
    },
    async remove(key) {
      await client.send(new DeleteObjectCommand(place(key)));
    },
    async *keys() {
      let token: string | undefined;
      do {
        const page = await list(token);
        for (const { Key } of page.Contents ?? []) if (Key !== undefined && isKey(Key.slice(prefix.length))) yield Key.slice(prefix.length);
        token = page.IsTruncated ? page.NextContinuationToken : undefined;
      } while (token !== undefined);
    },
    async close() {
      client.destroy();
    },
  };
}

const nameOf = (error: unknown) =>
  error instanceof S3ServiceException || error instanceof Error
    ? 'code' in error && error.code
      ? String(error.code)
      : error.name
    : String(error);
