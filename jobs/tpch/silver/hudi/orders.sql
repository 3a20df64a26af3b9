-- bronze orders → a Hudi (copy-on-write) table at ${silver}/orders. Variables: bronze, silver, database, compression.
CREATE DATABASE IF NOT EXISTS ${database};
DROP TABLE IF EXISTS ${database}.orders;
CREATE TABLE ${database}.orders
USING hudi
TBLPROPERTIES (
  type = 'cow',
  primaryKey = 'o_orderkey',
  'hoodie.write.table.version' = '6',
  'hoodie.parquet.compression.codec' = '${compression}'
)
LOCATION '${silver}/orders'
AS SELECT * FROM parquet.`${bronze}/orders.parquet`;
