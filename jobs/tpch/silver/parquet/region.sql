-- bronze region → a Parquet table at ${silver}/region. Variables: bronze, silver, database, compression.
CREATE DATABASE IF NOT EXISTS ${database};
DROP TABLE IF EXISTS ${database}.region;
CREATE TABLE ${database}.region
USING parquet
OPTIONS (compression = '${compression}')
LOCATION '${silver}/region'
AS SELECT * FROM parquet.`${bronze}/region.parquet`;
