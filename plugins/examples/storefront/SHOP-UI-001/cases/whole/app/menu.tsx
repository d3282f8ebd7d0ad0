"use client";

import * as UI from '@shop/ui' // finding: SHOP-UI-001

export const Menu = () => <UI.Menu />
