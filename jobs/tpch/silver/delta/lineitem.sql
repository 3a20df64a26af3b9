-- bronze lineitem → a Delta table at ${silver}/lineitem. Variables: bronze, silver, database, compression.
SET spark.sql.parquet.compression.codec = ${compression};
CREATE DATABASE IF NOT EXISTS ${database};
DROP TABLE IF EXISTS ${database}.lineitem;
CREATE TABLE ${database}.lineitem
USING delta
LOCATION '${silver}/lineitem'
AS SELECT * FROM parquet.`${bronze}/lineitem.parquet`;
