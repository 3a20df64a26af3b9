-- bronze partsupp → a Parquet table at ${silver}/partsupp. Variables: bronze, silver, database, compression.
CREATE DATABASE IF NOT EXISTS ${database};
DROP TABLE IF EXISTS ${database}.partsupp;
CREATE TABLE ${database}.partsupp
USING parquet
OPTIONS (compression = '${compression}')
LOCATION '${silver}/partsupp'
AS SELECT * FROM parquet.`${bronze}/partsupp.parquet`;
