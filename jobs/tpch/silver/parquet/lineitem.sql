-- bronze lineitem → a Parquet table at ${silver}/lineitem. Variables: bronze, silver, database, compression.
CREATE DATABASE IF NOT EXISTS ${database};
DROP TABLE IF EXISTS ${database}.lineitem;
CREATE TABLE ${database}.lineitem
USING parquet
OPTIONS (compression = '${compression}')
LOCATION '${silver}/lineitem'
AS SELECT * FROM parquet.`${bronze}/lineitem.parquet`;
