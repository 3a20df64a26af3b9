-- bronze customer → a Hudi (copy-on-write) table at ${silver}/customer. Variables: bronze, silver, database, compression.
CREATE DATABASE IF NOT EXISTS ${database};
DROP TABLE IF EXISTS ${database}.customer;
CREATE TABLE ${database}.customer
USING hudi
TBLPROPERTIES (
  type = 'cow',
  primaryKey = 'c_custkey',
  'hoodie.write.table.version' = '6',
  'hoodie.parquet.compression.codec' = '${compression}'
)
LOCATION '${silver}/customer'
AS SELECT * FROM parquet.`${bronze}/customer.parquet`;
