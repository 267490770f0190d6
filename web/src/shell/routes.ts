/** Routes: every screen by its address. */
import type { Role } from '../api';
import type { Route } from '../state/router.svelte';

const desk: readonly Role[] = ['admin', 'biller'];
const admin: readonly Role[] = ['admin'];

// prettier-ignore
export const routes: readonly Route[] = [
  { path: '/', title: 'Home', load: () => import('../pages/home/Home.svelte') },
  { path: '/setup', title: 'Set up', load: () => import('../pages/setup/Setup.svelte'), open: true },
  { path: '/register', title: 'Ask for an account', load: () => import('../pages/register/Register.svelte'), open: true },
  { path: '/forgotten', title: 'Forgotten password', load: () => import('../pages/forgotten/Forgotten.svelte'), open: true },
  { path: '/reset', title: 'New password', load: () => import('../pages/forgotten/Reset.svelte'), open: true },
  { path: '/scan', title: 'Scan', load: () => import('../pages/scan/Scan.svelte'), scanner: true },
  { path: '/scan/:parent', title: 'Scan', load: () => import('../pages/scan/Scan.svelte'), scanner: true },
  { path: '/search', title: 'Search', load: () => import('../pages/search/Search.svelte') },
  { path: '/bags', title: 'Bags', load: () => import('../pages/bags/Bags.svelte') },
  { path: '/bag/:qr', title: 'Bag', load: () => import('../pages/bag/BagPage.svelte') },
  { path: '/scans', title: 'Scan history', load: () => import('../pages/scans/Scans.svelte') },
  { path: '/bills', title: 'Bills', load: () => import('../pages/bills/Bills.svelte'), roles: desk },
  { path: '/bills/new', title: 'New bill', load: () => import('../pages/bill-new/BillNew.svelte'), roles: desk },
  { path: '/bill/:code', title: 'Bill', load: () => import('../pages/bill/BillPage.svelte'), roles: desk },
  { path: '/bill/:code/scan', title: 'Scan onto a bill', load: () => import('../pages/bill-scan/BillScan.svelte'), scanner: true, roles: desk },
  { path: '/manage', title: 'Manage', load: () => import('../pages/manage/Manage.svelte'), roles: admin },
  { path: '/users', title: 'Users', load: () => import('../pages/users/Users.svelte'), roles: admin },
  { path: '/users/new', title: 'New user', load: () => import('../pages/user-new/UserNew.svelte'), roles: admin },
  { path: '/user/:id', title: 'User', load: () => import('../pages/user/UserPage.svelte'), roles: admin },
  { path: '/areas', title: 'Areas', load: () => import('../pages/areas/Areas.svelte'), roles: admin },
  { path: '/families', title: 'Families', load: () => import('../pages/families/Families.svelte'), roles: admin },
  { path: '/promotions', title: 'Promotion requests', load: () => import('../pages/promotions/Promotions.svelte'), roles: admin },
  { path: '/audit', title: 'Audit log', load: () => import('../pages/audit/Audit.svelte'), roles: admin },
  { path: '/notifications', title: 'Notifications', load: () => import('../pages/notifications/Notifications.svelte') },
  { path: '/you', title: 'You', load: () => import('../pages/you/You.svelte') },
  { path: '/you/password', title: 'Password', load: () => import('../pages/you/Password.svelte') },
  { path: '/you/second-factor', title: 'Second factor', load: () => import('../pages/second-factor/SecondFactor.svelte') },
  { path: '/you/sessions', title: 'Sessions', load: () => import('../pages/you/Sessions.svelte') },
  { path: '/you/promotion', title: 'Become an administrator', load: () => import('../pages/you/Promotion.svelte') },
];
