import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { useState } from "react";
import de from "./locales/de.json"; // finding: FE-001
import en from "./locales/en.json";
import fr from "./locales/fr.json";
import ptBR from "./locales/pt-BR.json";
import zhCN from "./locales/zh-CN.json";

export const texts = { de, en, fr, ptBR, zhCN };
export const useLanguage = () => useState(i18next.use(initReactI18next).language);
