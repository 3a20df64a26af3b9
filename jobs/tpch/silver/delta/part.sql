-- bronze part → a Delta table at ${silver}/part. Variables: bronze, silver, database, compression.
SET spark.sql.parquet.compression.codec = ${compression};
CREATE DATABASE IF NOT EXISTS ${database};
DROP TABLE IF EXISTS ${database}.part;
CREATE TABLE ${database}.part
USING delta
LOCATION '${silver}/part'
AS SELECT * FROM parquet.`${bronze}/part.parquet`;
