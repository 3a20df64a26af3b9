-- bronze region → a Delta table at ${silver}/region. Variables: bronze, silver, database, compression.
SET spark.sql.parquet.compression.codec = ${compression};
CREATE DATABASE IF NOT EXISTS ${database};
DROP TABLE IF EXISTS ${database}.region;
CREATE TABLE ${database}.region
USING delta
LOCATION '${silver}/region'
AS SELECT * FROM parquet.`${bronze}/region.parquet`;
