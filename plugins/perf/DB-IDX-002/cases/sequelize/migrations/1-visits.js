module.exports = {
  up: async (queryInterface) => {
    await queryInterface.addIndex("visits", ["enteredAt"]);
  },
};
