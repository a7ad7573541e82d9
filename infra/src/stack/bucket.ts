import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/** Pictures and videos. No browser ever asks it: the server gives every file, so there is no CORS and no public access. */
export function createBucket(scope: Construct): Bucket {
  return new Bucket(scope, 'Files', {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    versioned: true,
    lifecycleRules: [
      { id: 'uploads that never ended', abortIncompleteMultipartUploadAfter: Duration.days(1) },
      // As long as the database's backups reach back: a restored message finds its picture. What people delete is gone then too.
      { id: 'what was deleted', noncurrentVersionExpiration: Duration.days(14), expiredObjectDeleteMarker: true },
    ],
    removalPolicy: RemovalPolicy.RETAIN,
  });
}
