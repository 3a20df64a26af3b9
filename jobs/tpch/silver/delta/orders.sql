-- bronze orders → a Delta table at ${silver}/orders. Variables: bronze, silver, database, compression.
SET spark.sql.parquet.compression.codec = ${compression};
CREATE DATABASE IF NOT EXISTS ${database};
DROP TABLE IF EXISTS ${database}.orders;
CREATE TABLE ${database}.orders
USING delta
LOCATION '${silver}/orders'
AS SELECT * FROM parquet.`${bronze}/orders.parquet`;
