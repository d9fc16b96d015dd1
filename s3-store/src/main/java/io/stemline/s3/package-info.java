/** The object store in a bucket of S3, or of any server that speaks its protocol. */
package io.stemline.s3;
