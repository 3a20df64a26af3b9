-- bronze partsupp → a Delta table at ${silver}/partsupp. Variables: bronze, silver, database, compression.
SET spark.sql.parquet.compression.codec = ${compression};
CREATE DATABASE IF NOT EXISTS ${database};
DROP TABLE IF EXISTS ${database}.partsupp;
CREATE TABLE ${database}.partsupp
USING delta
LOCATION '${silver}/partsupp'
AS SELECT * FROM parquet.`${bronze}/partsupp.parquet`;
