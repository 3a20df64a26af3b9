-- bronze supplier → a Parquet table at ${silver}/supplier. Variables: bronze, silver, database, compression.
CREATE DATABASE IF NOT EXISTS ${database};
DROP TABLE IF EXISTS ${database}.supplier;
CREATE TABLE ${database}.supplier
USING parquet
OPTIONS (compression = '${compression}')
LOCATION '${silver}/supplier'
AS SELECT * FROM parquet.`${bronze}/supplier.parquet`;
