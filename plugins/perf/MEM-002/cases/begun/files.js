exports.download = async (key) => fetch(`https://files.example/${key}`);
exports.parse = async (file) => file.text();
