-- bronze orders → a Parquet table at ${silver}/orders. Variables: bronze, silver, database, compression.
CREATE DATABASE IF NOT EXISTS ${database};
DROP TABLE IF EXISTS ${database}.orders;
CREATE TABLE ${database}.orders
USING parquet
OPTIONS (compression = '${compression}')
LOCATION '${silver}/orders'
AS SELECT * FROM parquet.`${bronze}/orders.parquet`;
