module.exports = (sequelize, DataTypes) => {
  const Seller = sequelize.define("Seller", { name: DataTypes.STRING });
  Seller.refreshRating = function (seller, done) {
    Seller.findOne({ where: { name: seller.name } })
      .then(function (found) {
        done(null, found);
      })
      .catch(done);
  };
  return Seller;
};
