import { useState } from "react";
// ok: two languages
import en from "../locales/en.json";
import fr from "../locales/fr.json";

export const useTexts = () => useState({ en, fr });
