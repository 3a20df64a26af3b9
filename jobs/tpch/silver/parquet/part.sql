-- bronze part → a Parquet table at ${silver}/part. Variables: bronze, silver, database, compression.
CREATE DATABASE IF NOT EXISTS ${database};
DROP TABLE IF EXISTS ${database}.part;
CREATE TABLE ${database}.part
USING parquet
OPTIONS (compression = '${compression}')
LOCATION '${silver}/part'
AS SELECT * FROM parquet.`${bronze}/part.parquet`;
